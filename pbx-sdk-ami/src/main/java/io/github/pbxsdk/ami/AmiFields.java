package io.github.pbxsdk.ami;

import io.github.pbxsdk.core.internal.flight.FlightTap;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one AMI message, in the order of the server.
 *
 * <p>Nothing is lost: names may repeat, values may be empty, and a line that has no name is kept
 * with an empty one. Names are compared without regard to case, since Asterisk itself does not
 * agree on it ({@code Uniqueid}, {@code UniqueID}).
 *
 * <p>Immutable. A text is made from the bytes only when it is asked for; bytes that are not UTF-8
 * are replaced and never fail.
 */
public final class AmiFields implements Iterable<AmiFields.Field> {

    /** What Asterisk writes where it has no value. */
    private static final String UNKNOWN = "<unknown>";

    private static final int MARKS = 4;

    private static final AmiFields NONE = new AmiFields(new byte[0], new int[0]);

    private final byte[] bytes;

    /** Four offsets a line: name from, name to, value from, value to. */
    private final int[] marks;

    private AmiFields(byte[] bytes, int[] marks) {
        this.bytes = bytes;
        this.marks = marks;
    }

    /**
     * One line.
     *
     * @param name the name as the server wrote it; empty for a line without one
     * @param value the value, without the blank before it
     */
    public record Field(String name, String value) {

        @Override
        public String toString() {
            return name + ": " + value;
        }
    }

    /**
     * Returns fields over bytes that nobody changes any more.
     *
     * @param marks four offsets into the bytes for each line: name from and to, value from and to
     */
    static AmiFields over(byte[] bytes, int[] marks) {
        return new AmiFields(bytes, marks);
    }

    /**
     * Returns fields from names and values in turn, for tests and fakes.
     *
     * @throws IllegalArgumentException if there is a name without a value
     */
    public static AmiFields of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("each name needs a value");
        }
        return NONE.after(namesAndValues);
    }

    /** Returns fields with these lines. */
    public static AmiFields of(List<Field> fields) {
        String[] texts = new String[fields.size() * 2];
        for (int i = 0; i < fields.size(); i++) {
            texts[i * 2] = fields.get(i).name();
            texts[i * 2 + 1] = fields.get(i).value();
        }
        return NONE.after(texts);
    }

    /** Returns these lines with others in front, given as names and values in turn. */
    AmiFields after(String... namesAndValues) {
        int[] lengths = new int[namesAndValues.length];
        byte[] front = utf8(namesAndValues, lengths);
        int[] allMarks = new int[lengths.length * 2 + marks.length];
        int at = 0;
        for (int i = 0; i < lengths.length; i++) {
            allMarks[i * 2] = at;
            at += lengths[i];
            allMarks[i * 2 + 1] = at;
        }
        for (int i = 0; i < marks.length; i++) {
            allMarks[lengths.length * 2 + i] = marks[i] + at;
        }
        byte[] all = Arrays.copyOf(front, front.length + bytes.length);
        System.arraycopy(bytes, 0, all, front.length, bytes.length);
        return new AmiFields(all, allMarks);
    }

    /** Returns the texts one behind the other, and how many bytes each of them takes. */
    private static byte[] utf8(String[] texts, int[] lengths) {
        String joined = String.join("", texts);
        byte[] utf8 = joined.getBytes(StandardCharsets.UTF_8);
        if (utf8.length != joined.length()) {
            return utf8OneByOne(texts, lengths);
        }
        Arrays.setAll(lengths, i -> texts[i].length());
        return utf8;
    }

    /** Halves of a character that stand in two texts must not become a whole one. */
    private static byte[] utf8OneByOne(String[] texts, int[] lengths) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < texts.length; i++) {
            byte[] utf8 = texts[i].getBytes(StandardCharsets.UTF_8);
            lengths[i] = utf8.length;
            all.writeBytes(utf8);
        }
        return all.toByteArray();
    }

    /** Returns how many lines there are. */
    public int size() {
        return marks.length / MARKS;
    }

    /** Tells whether a line has this name. */
    public boolean has(String name) {
        return indexOf(name, 0) >= 0;
    }

    /**
     * Returns the first value with this name.
     *
     * @throws NoSuchElementException if there is none
     */
    public String get(String name) {
        int index = indexOf(name, 0);
        if (index < 0) {
            throw new NoSuchElementException("the message has no " + name);
        }
        return value(index);
    }

    /** Returns the first value with this name, if there is one; it may be empty. */
    public Optional<String> find(String name) {
        int index = indexOf(name, 0);
        return index < 0 ? Optional.empty() : Optional.of(value(index));
    }

    /**
     * Returns the first value with this name as a person would read it: empty when the server has
     * none, writes {@code <unknown>}, or did not send the line.
     */
    public String text(String name) {
        int index = indexOf(name, 0);
        if (index < 0) {
            return "";
        }
        String value = value(index);
        return value.equals(UNKNOWN) ? "" : value;
    }

    /** Returns all values with this name, in order. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>();
        for (int i = indexOf(name, 0); i >= 0; i = indexOf(name, i + 1)) {
            values.add(value(i));
        }
        return List.copyOf(values);
    }

    /** Tells whether the first value with this name is the given one, without regard to case. */
    public boolean is(String name, String value) {
        int index = indexOf(name, 0);
        return index >= 0
                && equalsIgnoringCase(marks[index * MARKS + 2], marks[index * MARKS + 3], value);
    }

    /** Returns a view of the lines. */
    public List<Field> asList() {
        return new Lines();
    }

    @Override
    public Iterator<Field> iterator() {
        return asList().iterator();
    }

    /** Returns how many bytes the message takes. */
    int byteCount() {
        return bytes.length;
    }

    int nameLength(int line) {
        return marks[line * MARKS + 1] - marks[line * MARKS];
    }

    int valueLength(int line) {
        return marks[line * MARKS + 3] - marks[line * MARKS + 2];
    }

    boolean nameMatches(int line, IntPredicate each) {
        for (int i = marks[line * MARKS]; i < marks[line * MARKS + 1]; i++) {
            if (!each.test(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    /** Returns where the first such byte is in the value of a line, or -1. */
    int indexInValue(int line, IntPredicate wanted) {
        int from = marks[line * MARKS + 2];
        for (int i = from; i < marks[line * MARKS + 3]; i++) {
            if (wanted.test(bytes[i])) {
                return i - from;
            }
        }
        return -1;
    }

    /** Returns the message as it is on a wire, in the one form that we write. */
    byte[] toBytes() {
        byte[] wire = new byte[bytes.length + size() * 4 + 2];
        int to = 0;
        for (int line = 0; line < size(); line++) {
            to = copy(marks[line * MARKS], nameLength(line), wire, to);
            wire[to++] = ':';
            wire[to++] = ' ';
            to = copy(marks[line * MARKS + 2], valueLength(line), wire, to);
            wire[to++] = '\r';
            wire[to++] = '\n';
        }
        wire[to++] = '\r';
        wire[to++] = '\n';
        return to == wire.length ? wire : Arrays.copyOf(wire, to);
    }

    private int copy(int from, int length, byte[] wire, int to) {
        System.arraycopy(bytes, from, wire, to, length);
        return to + length;
    }

    /** Gives the bytes to a recorder, as they came. */
    void showTo(FlightTap tap) {
        tap.received(bytes, 0, bytes.length);
    }

    private String name(int index) {
        return string(marks[index * MARKS], marks[index * MARKS + 1]);
    }

    private String value(int index) {
        return string(marks[index * MARKS + 2], marks[index * MARKS + 3]);
    }

    private String string(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private int indexOf(String name, int start) {
        for (int i = start; i < size(); i++) {
            if (equalsIgnoringCase(marks[i * MARKS], marks[i * MARKS + 1], name)) {
                return i;
            }
        }
        return -1;
    }

    /** Compares ASCII letters without case; all names and words of Asterisk are ASCII. */
    private boolean equalsIgnoringCase(int from, int to, String text) {
        if (to - from != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (lower((char) (bytes[from + i] & 0xFF)) != lower(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static char lower(char letter) {
        return letter >= 'A' && letter <= 'Z' ? (char) (letter + ('a' - 'A')) : letter;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AmiFields that && asList().equals(that.asList());
    }

    @Override
    public int hashCode() {
        return asList().hashCode();
    }

    /** Returns the names only: values can be secrets, numbers or texts of people. */
    @Override
    public String toString() {
        return "AmiFields" + Arrays.toString(asList().stream().map(Field::name).toArray());
    }

    private final class Lines extends AbstractList<Field> implements RandomAccess {

        @Override
        public Field get(int index) {
            return new Field(name(index), value(index));
        }

        @Override
        public int size() {
            return AmiFields.this.size();
        }
    }
}
