# Forgets the way from the last corner back to the first.
my ($n, @c) = split ' ', join ' ', <STDIN>;
my ($perimeter, $twice) = (0, 0);
for my $i (0 .. $n - 2) {
    my ($a, $b, $c, $d) = @c[2 * $i .. 2 * $i + 3];
    $perimeter += sqrt(($a - $c)**2 + ($b - $d)**2);
    $twice += $a * $d - $b * $c;
}
printf "%.9f %.1f\n", $perimeter, $twice / 2;
