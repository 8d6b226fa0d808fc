read line # which the interactor does not write
