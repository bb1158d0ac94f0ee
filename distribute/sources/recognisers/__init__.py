"""Recognisers: each looks for one part of a release and proposes lines for it; none decides."""
