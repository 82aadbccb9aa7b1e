package io.github.pbxsdk.samples.runner;

import org.jspecify.annotations.Nullable;

/**
 * An option of one sample.
 *
 * @param placeholder what stands for the value in help; null for a flag
 * @param fallback the value where none is given
 */
record Option(
        String name,
        @Nullable String placeholder,
        String meaning,
        boolean required,
        @Nullable String fallback) {

    static Option flag(String name, String meaning) {
        return new Option(name, null, meaning, false, null);
    }

    boolean isFlag() {
        return placeholder == null;
    }

    String usage() {
        return isFlag() ? "--" + name : "--" + name + " " + placeholder;
    }

    String description() {
        if (required) {
            return meaning + " (required)";
        }
        return fallback == null ? meaning : meaning + " (" + fallback + ")";
    }
}
