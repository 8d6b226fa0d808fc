program Polygon;
var
  n, i, j: integer;
  x, y: array[0..1999] of int64;
  twice: int64;
  perimeter: double;
begin
  readln(n);
  for i := 0 to n - 1 do
    readln(x[i], y[i]);
  twice := 0;
  perimeter := 0;
  for i := 0 to n - 1 do
  begin
    j := (i + 1) mod n;
    perimeter := perimeter + sqrt(sqr(x[j] - x[i]) + sqr(y[j] - y[i]));
    twice := twice + x[i] * y[j] - y[i] * x[j];
  end;
  writeln(perimeter:0:8, ' ', twice / 2:0:1);
end.
