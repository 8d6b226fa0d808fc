#!/bin/bash
read -r word
edge="+--${word//?/-}+"
printf '%s\n' "$edge" "| $word |" "$edge"
