<?php
[$h, $w] = array_map('intval', explode(' ', trim(fgets(STDIN))));
$map = [];
for ($y = 0; $y < $h; $y++) {
    $map[] = trim(fgets(STDIN));
}
$most = 0;
for ($y = 0; $y < $h; $y++) {
    for ($x = 0; $x < $w; $x++) {
        if ($map[$y][$x] !== '#') {
            continue;
        }
        $map[$y][$x] = '.';
        $queue = [[$y, $x]];
        for ($i = 0; $i < count($queue); $i++) {
            [$a, $b] = $queue[$i];
            foreach ([[$a - 1, $b], [$a + 1, $b], [$a, $b - 1], [$a, $b + 1]] as [$c, $d]) {
                if ($c >= 0 && $c < $h && $d >= 0 && $d < $w && $map[$c][$d] === '#') {
                    $map[$c][$d] = '.';
                    $queue[] = [$c, $d];
                }
            }
        }
        $most = max($most, count($queue));
    }
}
echo "$most\n";
