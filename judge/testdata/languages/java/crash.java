import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        long a = in.nextLong(), b = in.nextLong();
        if (true) throw new IllegalStateException("on purpose");
        System.out.println(a + b);
    }
}
