<?php
$word = trim(fgets(STDIN));
$edge = '+' . str_repeat('-', strlen($word) + 2) . '+';
echo "$edge\n| $word |\n$edge\n";
