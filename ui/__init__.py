"""The window: it shows and asks, and never decides. Everything it knows comes from app/service and app/events."""
