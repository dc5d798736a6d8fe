"""The pure core: what may happen, who may enter, what is recorded, what is said."""
