package io.github.pbxsdk.testing.freepbx;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request to a real FreePBX with its answer, as they were recorded: a note, the request, two
 * empty lines, the answer. Immutable.
 */
public final class RecordedExchange {

    private static final int HEAD = 2;

    private final String requestLine;
    private final Map<String, String> requestHeaders;
    private final String requestBody;
    private final int status;
    private final Map<String, String> headers;
    private final String body;

    private RecordedExchange(String request, String answer) {
        String[] asked = request.split("\\R\\R", HEAD);
        this.requestLine = asked[0].lines().findFirst().orElse("");
        this.requestHeaders = headers(asked[0]);
        this.requestBody = asked.length == HEAD ? asked[1].strip() : "";
        String[] said = answer.split("\\R\\R", HEAD);
        this.status = Integer.parseInt(said[0].substring(9, 12));
        this.headers = headers(said[0]);
        this.body = said.length == HEAD ? said[1].strip() : "";
    }

    /**
     * Reads an exchange.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static RecordedExchange parse(String text) {
        String plain = text.replace("\r\n", "\n").replaceFirst("^(#.*\\n)+", "");
        int answer = plain.indexOf("\nHTTP/1.1 ");
        if (answer < 0) {
            throw new IllegalArgumentException("there is no answer in it");
        }
        return new RecordedExchange(plain.substring(0, answer), plain.substring(answer + 1));
    }

    private static Map<String, String> headers(String head) {
        Map<String, String> headers = new TreeMap<>();
        head.lines()
                .skip(1)
                .map(line -> line.split(": ", HEAD))
                .filter(parts -> parts.length == HEAD)
                .forEach(parts -> headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]));
        return headers;
    }

    /** Returns the method of the request. */
    public String method() {
        return requestLine.split(" ", -1)[0];
    }

    /** Returns path and query of the request. */
    public String target() {
        return requestLine.split(" ", -1)[1];
    }

    /** Returns a header of the request. */
    public Optional<String> requestHeader(String name) {
        return Optional.ofNullable(requestHeaders.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Returns the body of the request. */
    public String requestBody() {
        return requestBody;
    }

    /** Returns the status of the answer. */
    public int status() {
        return status;
    }

    /** Returns a header of the answer. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Returns the body of the answer; pages and sounds are cut short. */
    public String body() {
        return body;
    }

    @Override
    public String toString() {
        return requestLine + " → " + status;
    }
}
