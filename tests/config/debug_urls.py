"""Our addresses as they are under DEBUG."""

from config.urls import local_mail_urls
from config.urls import urlpatterns as usual

urlpatterns = [*usual, *local_mail_urls]
