import java.util.Locale;
import java.util.Scanner;

/** Two digits behind the point are too few for a small field. */
public class Polygon {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int n = in.nextInt();
        long[] x = new long[n + 1], y = new long[n + 1];
        for (int i = 0; i < n; i++) {
            x[i] = in.nextLong();
            y[i] = in.nextLong();
        }
        x[n] = x[0];
        y[n] = y[0];
        double perimeter = 0;
        long twice = 0;
        for (int i = 0; i < n; i++) {
            perimeter += Math.hypot(x[i + 1] - x[i], y[i + 1] - y[i]);
            twice += x[i] * y[i + 1] - y[i] * x[i + 1];
        }
        System.out.printf(Locale.ROOT, "%.2f %.2f%n", perimeter, twice / 2.0);
    }
}
