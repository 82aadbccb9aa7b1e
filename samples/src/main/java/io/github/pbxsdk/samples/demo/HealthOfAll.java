package io.github.pbxsdk.samples.demo;

/** One question about everything, answered in words. */
final class HealthOfAll implements Scene {

    @Override
    public String title() {
        return "How all of it is, in words";
    }

    @Override
    public void play(Stage stage) {
        // shown:
        stage.say(stage.pbx.health().words());
        // until here
    }
}
