import java.util.Scanner;

public class Hailstones {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int k = in.nextInt();
        while (k-- > 0) {
            long n = in.nextLong();
            StringBuilder way = new StringBuilder();
            while (n > 0) { // 0 instead of 1
                way.append(n).append(' ');
                n = n % 2 == 0 ? n / 2 : 3 * n + 1;
                if (way.length() > 4096) {
                    System.out.print(way);
                    way.setLength(0);
                }
            }
            System.out.println(way);
        }
    }
}
