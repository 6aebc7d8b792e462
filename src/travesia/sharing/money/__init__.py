"""Money for what is needed: rules that divide a budget among states, and what each rule keeps."""
