program Islands;
var
  h, w, y, x, most, here: longint;
  map: array[0..301] of ansistring;

function size(y, x: longint): longint;
begin
  if (y < 1) or (y > h) or (x < 1) or (x > w) or (map[y][x] <> '#') then
    exit(0);
  map[y][x] := '.';
  size := 1 + size(y - 1, x) + size(y + 1, x) + size(y, x - 1) + size(y, x + 1);
end;

begin
  readln(h, w);
  for y := 1 to h do
    readln(map[y]);
  most := 0;
  for y := 1 to h do
    for x := 1 to w do
    begin
      here := size(y, x);
      if here > most then
        most := here;
    end;
  writeln(most);
end.
