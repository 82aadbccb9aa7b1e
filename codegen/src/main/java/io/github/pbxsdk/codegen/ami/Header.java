package io.github.pbxsdk.codegen.ami;

import io.github.pbxsdk.codegen.Entry;
import io.github.pbxsdk.codegen.JavaNames;
import java.util.List;
import java.util.Optional;

/**
 * A header of an action, or a field of an event: its own entry, and what the words of the data file
 * say of its name wherever it occurs.
 */
final class Header {

    private final Entry own;
    private final Entry word;

    Header(Entry own, Entry words) {
        this.own = own;
        this.word = words.entry(own.text("name"));
    }

    /** Returns the name on the wire. */
    String wire() {
        return own.find("wire").orElse(own.text("name"));
    }

    String java() {
        return find("java").orElseGet(() -> JavaNames.member(own.text("name")));
    }

    String type() {
        return find("type").orElse("text");
    }

    Optional<String> about() {
        return find("about");
    }

    Optional<String> constant() {
        return own.find("constant");
    }

    Optional<String> defaultValue() {
        return own.find("default");
    }

    List<String> knownWords() {
        return own.texts("enum");
    }

    boolean isRequired() {
        return own.is("required");
    }

    boolean isSkipped() {
        return own.is("skip");
    }

    boolean isGuard() {
        return own.is("guards");
    }

    boolean isMissingIn16() {
        return own.is("missingIn16");
    }

    private Optional<String> find(String key) {
        return own.find(key).or(() -> word.find(key));
    }
}
