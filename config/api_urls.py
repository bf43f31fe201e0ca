"""Everything under `/api/v1/`: each app's own addresses, gathered."""

from config.discovery import include_each

app_name = "api"
urlpatterns = include_each("api.urls")
