"""The admin, the pages of password resets, and who is signed in."""

from django.contrib import admin
from django.contrib.auth import views
from django.urls import path

urlpatterns = [
    path("admin/", admin.site.urls),
    path(
        "reset/<uidb64>/<token>/",
        views.PasswordResetConfirmView.as_view(),
        name="password_reset_confirm",
    ),
    path(
        "reset/done/",
        views.PasswordResetCompleteView.as_view(),
        name="password_reset_complete",
    ),
]
