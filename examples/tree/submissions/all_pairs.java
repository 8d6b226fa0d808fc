import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Scanner;

/** A search from every town. */
public class PostOffice {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int n = in.nextInt();
        List<List<Integer>> roads = new ArrayList<>();
        roads.add(new ArrayList<>());
        for (int town = 1; town < n; town++) {
            int parent = in.nextInt() - 1;
            roads.add(new ArrayList<>(List.of(parent)));
            roads.get(parent).add(town);
        }
        long best = Long.MAX_VALUE;
        int where = 0;
        for (int start = 0; start < n; start++) {
            int[] distance = new int[n];
            Arrays.fill(distance, -1);
            distance[start] = 0;
            long sum = 0;
            ArrayDeque<Integer> queue = new ArrayDeque<>(List.of(start));
            while (!queue.isEmpty()) {
                int town = queue.remove();
                sum += distance[town];
                for (int next : roads.get(town)) {
                    if (distance[next] < 0) {
                        distance[next] = distance[town] + 1;
                        queue.add(next);
                    }
                }
            }
            if (sum < best) {
                best = sum;
                where = start + 1;
            }
        }
        System.out.println(best + " " + where);
    }
}
