// The preview of a video ad plays and pauses with the button over it.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-plays]");
  const video = button?.parentElement.querySelector("video");
  if (!video) return;
  if (video.paused) video.play();
  else video.pause();
  const playing = !video.paused;
  button.setAttribute("aria-pressed", String(playing));
  button.querySelector("use").setAttribute("href", button.querySelector("use").getAttribute("href").replace(/#.*/, playing ? "#player-pause" : "#player-play-filled"));
});
