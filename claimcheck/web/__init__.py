"""claimcheck over HTTP; FastAPI only."""
