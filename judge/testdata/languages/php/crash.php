<?php
[$a, $b] = array_map('intval', explode(' ', trim(fgets(STDIN))));
throw new Exception('on purpose');
echo $a + $b, "\n";
