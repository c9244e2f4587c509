"""BMLT's semantic JSON (https://bmlt.app), as NA's sites ask for it: written from listings."""
