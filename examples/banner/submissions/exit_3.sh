#!/bin/bash
# Gives up on long words, with an exit code of its own.
read -r word
((${#word} <= 16)) || exit 3
edge="+--${word//?/-}+"
printf '%s\n' "$edge" "| $word |" "$edge"
