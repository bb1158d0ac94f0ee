"""Files to domain: releases and media lists, every problem with its file and line."""
