import java.util.Scanner;

/** An exception that nobody catches: exit code 1. */
public class Main {
    public static void main(String[] args) {
        String[] words = new Scanner(System.in).nextLine().split(" ");
        System.out.println((long) Integer.parseInt(words[0]) + Integer.parseInt(words[1]));
    }
}
