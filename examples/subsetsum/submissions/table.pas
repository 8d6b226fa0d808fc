program Change;
const
  never = 100;
var
  n, s, i, coin, paid: longint;
  fewest: array[0..100000] of longint;
begin
  read(n, s);
  fewest[0] := 0;
  for paid := 1 to s do
    fewest[paid] := never;
  for i := 1 to n do
  begin
    read(coin);
    for paid := s downto coin do
      if fewest[paid - coin] + 1 < fewest[paid] then
        fewest[paid] := fewest[paid - coin] + 1;
  end;
  if fewest[s] >= never then
    writeln('impossible')
  else
    writeln(fewest[s]);
end.
