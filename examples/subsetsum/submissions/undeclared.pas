program Change;
var
  n: longint;
begin
  read(n, s);
  writeln(s div n);
end.
