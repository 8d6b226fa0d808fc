<?php
// An exception that nobody catches: exit code 255.
[$n] = array_map('intval', explode(' ', trim(fgets(STDIN))));
if ($n > 3) {
    throw new RuntimeException("a polygon of $n corners is not a triangle");
}
for ($i = 0; $i < $n; $i++) {
    [$x[$i], $y[$i]] = array_map('intval', explode(' ', trim(fgets(STDIN))));
}
$perimeter = hypot($x[0] - $x[1], $y[0] - $y[1]) + hypot($x[1] - $x[2], $y[1] - $y[2]) + hypot($x[2] - $x[0], $y[2] - $y[0]);
$twice = ($x[1] - $x[0]) * ($y[2] - $y[0]) - ($x[2] - $x[0]) * ($y[1] - $y[0]);
printf("%.9f %.1f\n", $perimeter, $twice / 2);
