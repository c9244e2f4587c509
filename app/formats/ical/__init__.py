"""Calendar feeds, RFC 5545."""
