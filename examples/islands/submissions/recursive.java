import java.util.Scanner;

public class Islands {
    static char[][] map;

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        map = new char[in.nextInt()][];
        in.nextInt();
        for (int y = 0; y < map.length; y++) {
            map[y] = in.next().toCharArray();
        }
        int most = 0;
        for (int y = 0; y < map.length; y++) {
            for (int x = 0; x < map[y].length; x++) {
                most = Math.max(most, size(y, x));
            }
        }
        System.out.println(most);
    }

    static int size(int y, int x) {
        if (y < 0 || y >= map.length || x < 0 || x >= map[y].length || map[y][x] != '#') {
            return 0;
        }
        map[y][x] = '.';
        return 1 + size(y - 1, x) + size(y + 1, x) + size(y, x - 1) + size(y, x + 1);
    }
}
