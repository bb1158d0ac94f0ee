"""The ledger and the one path by which anything leaves."""
