program Crash;
var
  a, b: int64;
  nothing: ^int64;
begin
  read(a, b);
  nothing := nil;
  nothing^ := a;
  writeln(a + b);
end.
