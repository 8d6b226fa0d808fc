import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        String a = in.next(), b = in.next();
        int[][] table = new int[a.length() + 1][b.length() + 1];
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                table[i][j] = a.charAt(i - 1) == b.charAt(j - 1)
                    ? table[i - 1][j - 1] + 1
                    : Math.max(table[i - 1][j], table[i][j - 1]);
            }
        }
        System.out.println(table[a.length()][b.length()]);
    }
}
