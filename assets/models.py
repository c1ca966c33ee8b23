"""Creatives: the images and videos that ads show, checked and measured when they arrive."""

from typing import ClassVar

from django.db import models

from adaccounts.models import AdAccount
from bizcenter.lib.ids import IdField


class Creative(models.Model):
    """An uploaded file of one ad account; its id is the API's image_id or video_id."""

    class Kind(models.TextChoices):
        IMAGE = "image", "Image"
        VIDEO = "video", "Video"

    id = IdField()
    ad_account = models.ForeignKey(AdAccount, models.PROTECT, related_name="creatives")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    name = models.CharField(max_length=100)
    file = models.FileField(upload_to="creatives/")
    cover = models.FileField(upload_to="covers/", help_text="The image itself, or a video's frame.")
    mime_type = models.CharField(max_length=40)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    duration_ms = models.PositiveIntegerField(default=0, help_text="0 for images.")
    size_bytes = models.PositiveIntegerField()
    signature = models.CharField(max_length=32, help_text="MD5 of the file, as in the API.")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["ad_account", "signature"], name="same_file_once_in_an_account"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_video(self) -> bool:
        return self.kind == self.Kind.VIDEO

    @property
    def length(self) -> str:
        """Minutes and seconds as players show them: 0:15; empty for images."""
        minutes, seconds = divmod(round(self.duration_ms / 1000), 60)
        return f"{minutes}:{seconds:02}" if self.duration_ms else ""
