package io.github.pbxsdk.samples.demo;

/** One thing that the product does. */
interface Scene {

    /** Returns what is seen, in a few words. */
    String title();

    /**
     * Does it on servers that are fakes, and says what came of it.
     *
     * <p>Lines between {@code // shown:} and {@code // until here} are shown to the audience first.
     */
    void play(Stage stage) throws Exception;
}
