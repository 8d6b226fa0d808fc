program sum;
uses help;
var a, b, zero: int64; zeros: text;
begin
  assign(zeros, 'zero.txt'); reset(zeros); read(zeros, zero);
  read(a, b);
  writeln(add(a, b) + zero);
end.
