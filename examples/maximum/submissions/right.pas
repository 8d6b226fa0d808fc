var
  n, x, best: longint;
  f, g: text;
begin
  assign(f, 'maximum.in'); reset(f);
  assign(g, 'maximum.out'); rewrite(g);
  read(f, n, best);
  while n > 1 do
  begin
    read(f, x);
    if x > best then best := x;
    dec(n);
  end;
  writeln(g, best);
  close(g);
end.
