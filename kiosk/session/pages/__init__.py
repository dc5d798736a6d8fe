"""The pages of the kiosk in their final words."""
