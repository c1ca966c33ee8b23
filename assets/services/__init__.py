"""What people do with creatives, a verb a file."""

from .limits import UnsupportedFile
from .upload_creative import upload_creative

__all__ = ["UnsupportedFile", "upload_creative"]
