<?php
$numbers = array_map('intval', preg_split('/\s+/', trim(stream_get_contents(STDIN))));
[$n, $s] = $numbers;
$never = $n + 1;
$fewest = array_fill(0, $s + 1, $never);
$fewest[0] = 0;
foreach (array_slice($numbers, 2, $n) as $coin) {
    for ($paid = $s; $paid >= $coin; $paid--) {
        if ($fewest[$paid - $coin] + 1 < $fewest[$paid]) {
            $fewest[$paid] = $fewest[$paid - $coin] + 1;
        }
    }
}
echo $fewest[$s] < $never ? $fewest[$s] : 'impossible', "\n";
