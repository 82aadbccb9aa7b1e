package io.github.pbxsdk.recordings;

import java.time.LocalDate;
import java.util.regex.Pattern;

/** Tells by their names which folders can hold nothing of a day or later: {@code 2026/11/20}. */
record DayFolders(LocalDate since) {

    private static final Pattern YEAR = Pattern.compile("\\d{4}");
    private static final Pattern MONTH = Pattern.compile("\\d{4}/\\d{2}");
    private static final Pattern DAY = Pattern.compile("\\d{4}/\\d{2}/\\d{2}");

    /**
     * Tells whether a folder can be skipped.
     *
     * @param folder its path below the directory of recordings, with {@code /} between
     */
    boolean isBefore(String folder) {
        if (since.equals(LocalDate.MIN)) {
            return false;
        }
        boolean isDated =
                DAY.matcher(folder).matches()
                        || MONTH.matcher(folder).matches()
                        || YEAR.matcher(folder).matches();
        String first = since.toString().replace('-', '/');
        return isDated && folder.compareTo(first.substring(0, folder.length())) < 0;
    }
}
