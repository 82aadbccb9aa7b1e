package io.github.pbxsdk.ari;

import java.util.Arrays;

/** Where the values of a JSON text stand: four numbers for each, in one array. */
final class JsonPlaces {

    private static final int NAME = 0;
    private static final int BEGIN = 1;
    private static final int END = 2;
    private static final int SIZE = 3;
    private static final int WIDTH = 4;

    /** So many bytes of an event, or more, there are to a value; fewer only rarely. */
    private static final int BYTES = 20;

    private int[] numbers;
    private int count;

    /**
     * Creates an empty one.
     *
     * @param bytes how long the text is, when that is known
     */
    JsonPlaces(int bytes) {
        this(new int[WIDTH * (4 + bytes / BYTES)], 0);
    }

    private JsonPlaces(int[] numbers, int count) {
        this.numbers = numbers;
        this.count = count;
    }

    /** Begins anew, with another text. */
    void clear() {
        count = 0;
    }

    /** Returns how many values there are. */
    int count() {
        return count;
    }

    /** Returns the first of the values only, in as little space as can be. */
    JsonPlaces copy(int values) {
        return new JsonPlaces(Arrays.copyOf(numbers, WIDTH * values), values);
    }

    /**
     * Begins a value.
     *
     * @param name where its name begins; the complement of it if it is written with escapes
     */
    int open(int name, int begin) {
        if (numbers.length < WIDTH * (count + 1)) {
            numbers = Arrays.copyOf(numbers, 2 * numbers.length);
        }
        int at = WIDTH * count;
        numbers[at + NAME] = name;
        numbers[at + BEGIN] = begin;
        return count++;
    }

    /** Ends a value, and with it all that began after it. */
    void close(int value, int end) {
        numbers[WIDTH * value + END] = end;
        numbers[WIDTH * value + SIZE] = count - value;
    }

    int name(int value) {
        int name = numbers[WIDTH * value + NAME];
        return name < 0 ? ~name : name;
    }

    boolean isNameEscaped(int value) {
        return numbers[WIDTH * value + NAME] < 0;
    }

    int begin(int value) {
        return numbers[WIDTH * value + BEGIN];
    }

    int end(int value) {
        return numbers[WIDTH * value + END];
    }

    /** Returns how many values it is, with those inside of it. */
    int size(int value) {
        return numbers[WIDTH * value + SIZE];
    }
}
