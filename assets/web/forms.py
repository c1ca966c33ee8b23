"""Forms about creatives."""

from django import forms

from assets.services import limits

ACCEPTED = ".jpg,.jpeg,.png,.mp4,.mov,.mpeg,.mpg,.3gp,.avi"


class UploadForm(forms.Form):
    """One picture or video; what it must be is said before and after."""

    upload = forms.FileField(
        label="Picture or video",
        help_text=f"Picture: {limits.IMAGE_RULES}. Video: {limits.VIDEO_RULES}.",
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        error_messages={
            "required": "Choose the file to upload.",
            "empty": "This file is empty. Choose another one.",
        },
    )
    name = forms.CharField(
        label="Name in the library",
        required=False,
        max_length=100,
        help_text="Left empty, the file's name is taken.",
    )
