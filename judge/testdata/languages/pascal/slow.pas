program Slow;
var
  a, b: int64;
begin
  read(a, b);
  while true do
    a := a + 1;
  writeln(a + b);
end.
