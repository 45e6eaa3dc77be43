// The rules of valid markup: all that html-validate has for documents and for accessibility, but for those argued below.
export default {
  root: true,
  extends: ["html-validate:recommended", "html-validate:document", "html-validate:a11y"],
  rules: {
    "heading-level": "error",
    "input-missing-label": "error",
    "no-missing-references": "error",
    "no-style-tag": "error",
    "no-unknown-elements": "error",
    // lower case is as valid as upper case; this holds to one of them
    "doctype-style": ["error", { style: "lowercase" }],
    // a list of names for a field with many lines, which the native element cannot be
    "prefer-native-element": ["error", { exclude: ["listbox"] }],
    // a list of views is named by what it chooses: ARIA names whatever may have a name, not only landmarks and controls
    "aria-label-misuse": ["error", { allowAnyNamable: true }],
    // an id of a field holds the path of its input, with dots: the standard forbids only white space
    "valid-id": ["error", { relaxed: true }],
    // a repeated name is a list of an input, or says which of several buttons was pressed: the standard has it for both
    "form-dup-name": "off",
    // a button without a type submits its form: that is the standard's default, and what every button of a page is for
    "no-implicit-button-type": "off",
    // titles name texts and bodies, whose names are long; the limit of 70 characters is one of search engines
    "long-title": "off",
    // how templates leave white space is no matter of markup
    "no-trailing-whitespace": "off",
    // integrity is for files of other sites; pages load none, and the policy forbids it
    "require-sri": "off",
  },
};
