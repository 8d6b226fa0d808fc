{ An array for few coins, with its bounds checked: runtime error 201, which is the exit code too. }
{$R+}
program Change;
var
  n, s, i, j, sum, used, best: longint;
  coin: array[1..16] of longint;
begin
  read(n, s);
  for i := 1 to n do
    read(coin[i]);
  best := -1;
  for i := 0 to (1 shl n) - 1 do
  begin
    sum := 0;
    used := 0;
    for j := 1 to n do
      if (i shr (j - 1)) and 1 = 1 then
      begin
        sum := sum + coin[j];
        inc(used);
      end;
    if (sum = s) and ((best < 0) or (used < best)) then
      best := used;
  end;
  if best < 0 then
    writeln('impossible')
  else
    writeln(best);
end.
