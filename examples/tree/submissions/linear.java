import java.io.IOException;
import java.io.StreamTokenizer;

public class PostOffice {
    public static void main(String[] args) throws IOException {
        StreamTokenizer in = new StreamTokenizer(System.in);
        in.nextToken();
        int n = (int) in.nval;
        int[] parent = new int[n], size = new int[n];
        for (int i = 1; i < n; i++) {
            in.nextToken();
            parent[i] = (int) in.nval - 1;
        }
        long[] sum = new long[n];
        for (int i = n - 1; i > 0; i--) {
            size[i]++;
            size[parent[i]] += size[i];
            sum[0] += size[i];
        }
        int best = 0;
        for (int i = 1; i < n; i++) {
            sum[i] = sum[parent[i]] + n - 2 * size[i];
            if (sum[i] < sum[best]) {
                best = i;
            }
        }
        System.out.println(sum[best] + " " + (best + 1));
    }
}
