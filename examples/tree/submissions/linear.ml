let () =
  Scanf.scanf " %d" (fun n ->
      let parent = Array.init n (fun i -> if i = 0 then -1 else Scanf.scanf " %d" pred) in
      let size = Array.make n 1 and sum = Array.make n 0 in
      for i = n - 1 downto 1 do
        size.(parent.(i)) <- size.(parent.(i)) + size.(i);
        sum.(0) <- sum.(0) + size.(i)
      done;
      let best = ref 0 in
      for i = 1 to n - 1 do
        sum.(i) <- sum.(parent.(i)) + n - (2 * size.(i));
        if sum.(i) < sum.(!best) then best := i
      done;
      Printf.printf "%d %d\n" sum.(!best) (!best + 1))
