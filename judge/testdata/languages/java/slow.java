import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        long a = in.nextLong(), b = in.nextLong();
        while (forever);
        System.out.println(a + b);
    }

    static volatile boolean forever = true;
}
