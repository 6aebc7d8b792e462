"""Events and instruments: meetings, what is signed, movements, rulings, starts and ends of measures."""
